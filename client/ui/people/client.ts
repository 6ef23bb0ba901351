import { PeopleClient } from '../../core/PeopleClient.ts';
import { watchedFetch } from './session.ts';

export const peopleClient = new PeopleClient({ fetch: watchedFetch });
